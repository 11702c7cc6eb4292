@NullMarked
package dev.lintel.diff;

import org.jspecify.annotations.NullMarked;

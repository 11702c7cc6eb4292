/** An explanation as text for a terminal. */
@NullMarked
package dev.lintel.explain.text;

import org.jspecify.annotations.NullMarked;

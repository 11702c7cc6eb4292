/** The rules about service scope. */
@NullMarked
package dev.lintel.rule.servicescope;

import org.jspecify.annotations.NullMarked;

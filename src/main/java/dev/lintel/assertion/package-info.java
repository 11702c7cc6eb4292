/** What somebody says of paths, held against a state: the model, and what computes it. */
@NullMarked
package dev.lintel.assertion;

import org.jspecify.annotations.NullMarked;

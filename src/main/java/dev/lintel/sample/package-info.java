/** Samples: the cluster's state, a write and what is expected of it, in one file. */
@NullMarked
package dev.lintel.sample;

import org.jspecify.annotations.NullMarked;

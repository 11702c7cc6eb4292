/** What changes between two states of a cluster: paths, waypoints, readers, modes, references. */
@NullMarked
package dev.lintel.diff;

import org.jspecify.annotations.NullMarked;

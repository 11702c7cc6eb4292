/**
 * The cluster's state as an immutable snapshot, and what is resolved from it: waypoint binding,
 * ingress paths, readers of DestinationRules, effective traffic distribution.
 */
@NullMarked
package dev.lintel.topology;

import org.jspecify.annotations.NullMarked;

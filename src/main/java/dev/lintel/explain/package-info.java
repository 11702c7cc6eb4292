/**
 * Explains one object, or draws the topology: a model computed from the snapshot, and the formats
 * that are written from it.
 */
@NullMarked
package dev.lintel.explain;

import org.jspecify.annotations.NullMarked;

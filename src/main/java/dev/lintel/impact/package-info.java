/**
 * What a write does to the paths of others: a waypoint that is deleted, a Namespace that gets a
 * label, a route that goes. It is told and never refused (docs/domain.md, 8.4).
 */
@NullMarked
package dev.lintel.impact;

import org.jspecify.annotations.NullMarked;

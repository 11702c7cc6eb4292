/** The rules about waypoint. */
@NullMarked
package dev.lintel.rule.waypoint;

import org.jspecify.annotations.NullMarked;

/** The rules of the route family. */
@NullMarked
package dev.lintel.rule.route;

import org.jspecify.annotations.NullMarked;

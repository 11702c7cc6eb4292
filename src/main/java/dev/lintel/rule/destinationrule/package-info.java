/** The rules about DestinationRule. */
@NullMarked
package dev.lintel.rule.destinationrule;

import org.jspecify.annotations.NullMarked;

/** The rules about traffic distribution. */
@NullMarked
package dev.lintel.rule.trafficdistribution;

import org.jspecify.annotations.NullMarked;

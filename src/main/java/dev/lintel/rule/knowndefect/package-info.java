/** The rules about defects of installed versions. */
@NullMarked
package dev.lintel.rule.knowndefect;

import org.jspecify.annotations.NullMarked;

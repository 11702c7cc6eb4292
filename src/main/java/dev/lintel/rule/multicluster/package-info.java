/** The rules of the multicluster family. */
@NullMarked
package dev.lintel.rule.multicluster;

import org.jspecify.annotations.NullMarked;

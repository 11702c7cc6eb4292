/** Benchmarks of the judge and of the topology: {@code make bench}. */
@NullMarked
package dev.lintel.bench;

import org.jspecify.annotations.NullMarked;

/** The judge: one function from a write and the topology before it to a verdict. */
@NullMarked
package dev.lintel.judge;

import org.jspecify.annotations.NullMarked;

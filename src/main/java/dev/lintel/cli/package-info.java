/** The command line. Only {@code serve} starts Quarkus. */
@NullMarked
package dev.lintel.cli;

import org.jspecify.annotations.NullMarked;

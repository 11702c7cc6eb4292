/** The rules of the ServiceEntry family. */
@NullMarked
package dev.lintel.rule.serviceentry;

import org.jspecify.annotations.NullMarked;

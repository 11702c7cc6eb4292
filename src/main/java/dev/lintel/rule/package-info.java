/** Rules and their findings. A rule is data plus one pure function. */
@NullMarked
package dev.lintel.rule;

import org.jspecify.annotations.NullMarked;

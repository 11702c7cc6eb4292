/** Verdicts as people and programs read them: the admission response's wording, text, JSON. */
@NullMarked
package dev.lintel.report;

import org.jspecify.annotations.NullMarked;

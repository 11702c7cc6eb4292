/**
 * Verdicts as people and programs read them: the admission response's wording, and a report in each
 * format.
 */
@NullMarked
package dev.lintel.report;

import org.jspecify.annotations.NullMarked;

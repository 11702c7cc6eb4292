/**
 * Targets of coverage-guided fuzzing ({@code make fuzz}), which are run over their seeds and the
 * committed corpus with the other tests.
 */
package dev.lintel.fuzz;

package dev.lintel.manifest;

/**
 * A stretch of a text, counted in characters as people see them (Unicode code points), from 1.
 *
 * @param line where it begins
 * @param column where it begins
 * @param endLine where it ends
 * @param endColumn the column after its last character
 */
public record Region(int line, int column, int endLine, int endColumn) {}

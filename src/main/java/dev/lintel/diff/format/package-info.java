/** What changes between two states, as text, Markdown, JSON, YAML and Mermaid. */
@NullMarked
package dev.lintel.diff.format;

import org.jspecify.annotations.NullMarked;

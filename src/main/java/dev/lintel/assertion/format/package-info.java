/** What became of assertions as text, JSON, YAML, JUnit's XML and workflow commands. */
@NullMarked
package dev.lintel.assertion.format;

import org.jspecify.annotations.NullMarked;

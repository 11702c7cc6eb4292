/** Explanations and pictures as JSON and YAML. */
@NullMarked
package dev.lintel.explain.json;

import org.jspecify.annotations.NullMarked;

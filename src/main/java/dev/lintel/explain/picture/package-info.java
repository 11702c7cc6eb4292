/** Explanations and the topology as pictures, in the languages of Graphviz and Mermaid. */
@NullMarked
package dev.lintel.explain.picture;

import org.jspecify.annotations.NullMarked;

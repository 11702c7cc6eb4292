/**
 * The vocabulary of the mesh: values with their parse rules, one for each component that reads
 * them. Knows nothing of Kubernetes objects.
 */
@NullMarked
package dev.lintel.mesh;

import org.jspecify.annotations.NullMarked;

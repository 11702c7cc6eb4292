/** The API server's side: what it tells becomes one snapshot that everyone else reads. */
@NullMarked
package dev.lintel.cluster;

import org.jspecify.annotations.NullMarked;

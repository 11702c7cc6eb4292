/**
 * The Kubernetes objects Lintel reads, as slim immutable records, and one reader for each kind.
 *
 * <p>What a record does not hold, Lintel does not read: two records that are equal stand for
 * objects between which no rule can tell a difference.
 */
@NullMarked
package dev.lintel.resource;

import org.jspecify.annotations.NullMarked;

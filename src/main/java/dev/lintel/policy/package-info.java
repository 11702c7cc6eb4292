/** The policy document: what administrators decide about rules and say about the installation. */
@NullMarked
package dev.lintel.policy;

import org.jspecify.annotations.NullMarked;

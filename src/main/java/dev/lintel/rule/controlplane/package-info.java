/** The rules about what stops the control plane. */
@NullMarked
package dev.lintel.rule.controlplane;

import org.jspecify.annotations.NullMarked;

/** The rules about Gateways. */
@NullMarked
package dev.lintel.rule.gateway;

import org.jspecify.annotations.NullMarked;

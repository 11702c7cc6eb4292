/** Certificates: what makes them, when they are renewed, and how they are written. */
@NullMarked
package dev.lintel.certificate;

import org.jspecify.annotations.NullMarked;

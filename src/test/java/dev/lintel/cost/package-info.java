/** What it costs to take in the worst that one object can bring. */
package dev.lintel.cost;

/** The embedded database file: its lock, its size while running, its clean end. */
@NullMarked
package io.exai.persistence.h2;

import org.jspecify.annotations.NullMarked;

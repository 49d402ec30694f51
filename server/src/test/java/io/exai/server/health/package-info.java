/** Tests of alive and ready. */
@NullMarked
package io.exai.server.health;

import org.jspecify.annotations.NullMarked;

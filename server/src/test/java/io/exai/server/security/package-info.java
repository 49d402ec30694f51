/** Tests of who is calling. */
@NullMarked
package io.exai.server.security;

import org.jspecify.annotations.NullMarked;

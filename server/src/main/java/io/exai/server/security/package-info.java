/** Who is calling. */
@org.jspecify.annotations.NullMarked
package io.exai.server.security;

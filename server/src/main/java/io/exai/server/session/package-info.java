/** The session actor and what it says to a client's connection. */
@org.jspecify.annotations.NullMarked
package io.exai.server.session;

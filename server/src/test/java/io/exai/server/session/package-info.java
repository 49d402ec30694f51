/** Tests of the session actor against an in-memory journal. */
@org.jspecify.annotations.NullMarked
package io.exai.server.session;

/** What happened to a session, and what it became. */
@org.jspecify.annotations.NullMarked
package io.exai.persistence.session;

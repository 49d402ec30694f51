/** Runs the built jar with clients of others: each does what its users would do with it. */
@NullMarked
package io.exai.server.client;

import org.jspecify.annotations.NullMarked;

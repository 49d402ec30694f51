/** Resources: what clients may read of the daemon, and the templates of their addresses. */
@NullMarked
package io.exai.server.resource;

import org.jspecify.annotations.NullMarked;

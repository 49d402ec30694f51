/** Tests of resources and their addresses. */
@NullMarked
package io.exai.server.resource;

import org.jspecify.annotations.NullMarked;

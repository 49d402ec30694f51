/** Requests to vendors over HTTP, whatever their wire format: connections, bodies, event streams, refusals. */
@NullMarked
package io.exai.provider.http;

import org.jspecify.annotations.NullMarked;

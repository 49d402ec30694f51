/** Tests of what Prometheus is told. */
@NullMarked
package io.exai.server.metric;

import org.jspecify.annotations.NullMarked;

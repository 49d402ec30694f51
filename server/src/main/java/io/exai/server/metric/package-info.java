/** What Prometheus is told of a node; the only package that knows Kamon. */
@org.jspecify.annotations.NullMarked
package io.exai.server.metric;

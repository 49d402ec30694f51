/** How nodes meet: settings profiles, sharding, the marker of messages between nodes. */
@org.jspecify.annotations.NullMarked
package io.exai.cluster;

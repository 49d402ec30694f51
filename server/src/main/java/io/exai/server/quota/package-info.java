/** How many calls may run at once. */
@org.jspecify.annotations.NullMarked
package io.exai.server.quota;

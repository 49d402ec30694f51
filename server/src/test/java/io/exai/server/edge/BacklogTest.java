package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BacklogTest {
    @Test
    void givesPiecesInOrderAndCountsTheirBytes() {
        Backlog<String> backlog = new Backlog<>(String::length);
        assertThat(backlog.isEmpty()).isTrue();
        backlog.add("three");
        backlog.add("one");
        assertThat(backlog.bytes()).isEqualTo(8);

        assertThat(backlog.poll()).isEqualTo("three");
        assertThat(backlog.bytes()).isEqualTo(3);
        assertThat(backlog.poll()).isEqualTo("one");
        assertThat(backlog.poll()).isNull();
        assertThat(backlog.bytes()).isZero();
    }
}

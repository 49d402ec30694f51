package io.exai.server.session;

import io.exai.server.session.SessionCommand.Call;
import io.exai.server.session.SessionCommand.Check;
import io.exai.server.session.SessionCommand.Describe;
import io.exai.server.session.SessionCommand.Described;
import io.exai.server.session.SessionCommand.End;
import io.exai.server.session.SessionCommand.Known;
import io.exai.server.session.SessionCommand.ListTasks;
import io.exai.server.session.SessionCommand.OnTask;
import io.exai.server.session.SessionCommand.Opening;
import io.exai.server.session.SessionCommand.Resume;
import io.exai.server.session.SessionCommand.Retold;
import io.exai.server.session.SessionCommand.SetLogLevel;
import io.exai.server.session.SessionCommand.Subscribe;
import io.exai.server.session.SessionCommand.Touch;
import io.exai.server.session.SessionCommand.Withdraw;
import io.exai.server.session.ToClient.Refusal;

/** Answers whoever asks for a session that is unknown, over, or somebody else's: the same to all. */
final class Strangers {
    private Strangers() {}

    static void answer(SessionCommand command) {
        if (command instanceof Check check) {
            check.replyTo().tell(new Known(false));
        } else if (command instanceof Describe describe) {
            describe.replyTo().tell(new Described(null));
        } else if (command instanceof Opening opening) {
            opening.replyTo().tell(new ToClient.AttachRefused(Refusal.NOT_FOUND));
        } else if (command instanceof Call call) {
            call.replyTo().tell(gone(call.request()));
        } else if (command instanceof Retold retold) {
            Call call = retold.call();
            call.replyTo().tell(new ToClient.Unheard(call.request().requestId()));
        } else if (command instanceof Resume resume) {
            resume.replyTo().tell(new ToClient.AttachRefused(Refusal.NOT_FOUND));
        } else if (command instanceof End end) {
            end.replyTo().tell(new Known(false));
        } else if (command instanceof Subscribe subscribe) {
            subscribe.replyTo().tell(new Known(false));
        } else if (command instanceof SetLogLevel level) {
            level.replyTo().tell(new Known(false));
        } else if (command instanceof OnTask task) {
            task.replyTo().tell(new TaskReply.NotFound());
        } else if (command instanceof ListTasks tasks) {
            tasks.replyTo().tell(new TaskReply.NotFound());
        } else if (command instanceof Withdraw withdraw) {
            withdraw.replyTo().tell(new ToClient.Withdrawn(withdraw.cancel().requestId(), false));
        } else if (command instanceof Touch touch) {
            touch.replyTo().tell(new ToClient.AttachRefused(Refusal.NOT_FOUND));
        }
    }

    private static ToClient gone(ToolRequest request) {
        return new ToClient.Rejected(request.requestId(), "session not found", true);
    }
}

import Foundation
import PluginKit
import TestKit

extension FaultyCase {
    static let all: [FaultyCase] = [
        FaultyCase(ChangingManifest.self, .manifest, "The batch limit is another one at each call."),
        FaultyCase(InvalidName.self, .manifest, "The name is `Word Count`."),
        FaultyCase(RefusedDefault.self, .settings, "A default lies outside the range of its setting."),
        FaultyCase(DemandingSettings.self, .initialisation, "It cannot be built unless a setting is set."),
        FaultyCase(LeavesOpenWhenItFails.self, .release, "`init` throws and leaves a file open."),
        FaultyCase(WantsToBeAlone.self, .reload, "`init` fails while an older instance holds a lock."),
        FaultyCase(UndeclaredDirectory.self, .capabilities, "It uses a state directory that it did not declare."),
        FaultyCase(TooFewAnswers.self, .answers, "It answers only for files of which it does not pass all."),
        FaultyCase(OneAnswerAFile.self, .answers, "It gives one answer for a file of several updates."),
        FaultyCase(AnswersBackwards.self, .answers, "It answers the last update of a batch first."),
        FaultyCase(ItemsBackwards.self, .answers, "It answers the last update of a file first."),
        FaultyCase(WithoutReason.self, .reasons, "It rejects without a reason."),
        FaultyCase(FailsWithoutAMessage.self, .reasons, "It fails without a message."),
        FaultyCase(UndeclaredFact.self, .facts, "It gives a fact that it did not declare."),
        FaultyCase(MissingFact.self, .facts, "It passes updates without a fact that it declared."),
        FaultyCase(FailsForABadUpdate.self, .verdicts, "It throws for an update that could not be read whole."),
        FaultyCase(OneBadSinksAll.self, .verdicts, "It rejects all updates of a file for one that is bad."),
        FaultyCase(OneOfABatch.self, .batches, "It passes the first delivery of each batch only."),
        FaultyCase(CountsTheSlice.self, .batches, "It counts the updates of a slice as those of the file."),
        FaultyCase(ForgetsAtAKill.self, .durability, "It remembers in memory what it has answered."),
        FaultyCase(RefusesAgain.self, .again, "It rejects an update that is offered again."),
        FaultyCase(RefusesOtherSlices.self, .again, "It rejects an update that is offered again in another slice."),
        FaultyCase(HoldsDuplicates.self, .duplicates, "It holds content that it has seen before."),
        FaultyCase(SendsTwice.self, .duplicates, "It sends the same content twice.") { suite in
            suite.effects = { directory in
                let text = try String(contentsOfFile: "\(directory)/notes", encoding: .utf8)
                return ["\(text.split(separator: "\n").count) messages"]
            }
        },
        FaultyCase(Slow.self, .deadline, "A batch takes longer than the manifest says."),
        FaultyCase(Hangs.self, .deadline, "It never answers.") { $0.patience = .seconds(1) },
        FaultyCase(IgnoresCancellation.self, .cancellation, "It goes on when its task is cancelled.") {
            $0.patience = .seconds(1)
        },
        FaultyCase(RunsForEver.self, .run, "Its long-lived work does not end.") { $0.patience = .seconds(1) },
        FaultyCase(FailsToRun.self, .run, "Its long-lived work fails."),
        FaultyCase(LeavesOpen.self, .drain, "It leaves a file open."),
        FaultyCase(FailsToDrain.self, .drain, "`drain` fails."),
        FaultyCase(RefusesOrders.self, .orders, "It fails for an event that it does not know."),
        FaultyCase(BadField.self, .journal, "It writes a journal field with a space in its name."),
    ]
}

// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The reading of a collection's folder that happens beside the window's thread. Private to the module.

#pragma once

#include <memory>

#include <QtCore/qtimer.h>

#include <base/latestjob.h>
#include <store/reading.h>

namespace claimcheck::workbench {

/// Ends what still reads when it goes.
struct CollectionJob
{
    LatestJob<Result<store::Reading>> job;
    std::shared_ptr<store::ReadingProgress> progress; ///< of the reading that runs
    std::unique_ptr<QTimer> timer;                    ///< when to look at the progress

    ~CollectionJob() { cancel(); }
    bool isRunning() const { return progress != nullptr; }
    void begin(std::shared_ptr<store::ReadingProgress> of)
    {
        constexpr int interval = 50; // ms
        cancel();
        progress = std::move(of);
        timer = std::make_unique<QTimer>();
        timer->start(interval);
    }
    void end()
    {
        progress.reset();
        timer.reset();
    }
    void cancel()
    {
        job.cancel();
        if (progress)
            progress->isCancelled = true;
        end();
    }
};

} // namespace claimcheck::workbench

// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/tablepages.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qscrollarea.h>

#include <request/fieldtable.h>
#include <state/requestform.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

/// A head, its table and what there is to know about it.
QWidget* section(const QString& title, FieldTable* table, const QString& hint)
{
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, space::small, 0, space::small);
    column->setSpacing(space::tiny);
    auto* head = sectionTitle(title);
    head->setContentsMargins(space::large, 0, space::large, 0);
    column->addWidget(head);
    column->addWidget(table);
    if (hint.isEmpty())
        return part;
    auto* about = captionLabel(hint);
    about->setWordWrap(true);
    about->setContentsMargins(space::large, space::tiny, space::large, 0);
    column->addWidget(about);
    return part;
}

/// Parts below each other; what does not fit is scrolled to.
QWidget* page(std::initializer_list<QWidget*> parts)
{
    auto* inner = new QWidget;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (QWidget* part : parts)
        column->addWidget(part);
    column->addStretch(1);
    return scrolled(inner);
}

} // namespace

QWidget* scrolled(QWidget* inner)
{
    auto* scroll = new QScrollArea;
    setKind(inner, "surface");
    scroll->setWidget(inner);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    return scroll;
}

QWidget* makeParametersPage(RequestForm* form)
{
    FieldTableModel* path = form->details()->path();
    auto* query = section(QObject::tr("Query"),
                          new FieldTable(form->details()->query(), QStringLiteral("requestQuery"),
                                         QObject::tr("Query parameters")),
                          QObject::tr("The URL above and this table say the same. What is switched off stays "
                                      "in the file and is not sent."));
    auto* inPath =
        section(QObject::tr("Path"),
                new FieldTable(path, QStringLiteral("requestPath"), QObject::tr("Path parameters")), {});
    inPath->setVisible(false);
    QObject::connect(path, &QAbstractItemModel::modelReset, inPath,
                     [path, inPath] { inPath->setVisible(path->rowCount() > 0); });
    return page({query, inPath});
}

QWidget* makeChecksPage(RequestForm* form)
{
    auto* checks = section(QObject::tr("Checks"),
                           new FieldTable(form->details()->checks(), QStringLiteral("requestChecks"),
                                          QObject::tr("Checks of the answer")),
                           QObject::tr("Judged by a run, as Bruno judges them: res.status, res.body.id, "
                                       "res.headers.x, res.responseTime."));
    auto* captures = section(QObject::tr("Captures"),
                             new FieldTable(form->details()->captures(), QStringLiteral("requestCaptures"),
                                            QObject::tr("Captures from the answer")),
                             QObject::tr("In a run, the value of an expression becomes a variable for the "
                                         "requests behind this one."));
    return page({checks, captures});
}

QWidget* makeVariablesPage(RequestForm* form)
{
    return page({section(QObject::tr("Variables of this request"),
                         new FieldTable(form->variables(), QStringLiteral("requestVariables"),
                                        QObject::tr("Variables of this request")),
                         QObject::tr("They count before those of the folder, the environment and the "
                                     "collection. A secret belongs into an environment."))});
}

} // namespace claimcheck::ui

// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <audits/variantsview.h>

#include <algorithm>

#include <QtWidgets/qheaderview.h>

#include <audits/auditdelegate.h>
#include <state/auditevidence.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int mostResultWidth = 190;
constexpr int mostStatusWidth = 84;
constexpr int leastVariantWidth = 90;
constexpr int mostVariantWidth = 200;
constexpr int leastWhyWidth = 200;

} // namespace

VariantsView::VariantsView(QWidget* parent) : FrozenTable(parent)
{
    setUpTable(this);
    setItemDelegate(new AuditDelegate(space::inset, this));
    setSelectionMode(QAbstractItemView::SingleSelection);
    horizontalHeader()->setStretchLastSection(false);
}

int VariantsView::wantedFor(int column) const
{
    return std::max(sizeHintForColumn(column), horizontalHeader()->sectionSizeHint(column));
}

void VariantsView::fit()
{
    if (model() == nullptr)
        return;
    QHeaderView* const header = horizontalHeader();
    const int result = std::min(wantedFor(AuditVariants::ResultColumn), mostResultWidth);
    const int status = std::min(wantedFor(AuditVariants::StatusColumn), mostStatusWidth);
    const int room = viewport()->width() - result - status;
    const int most = std::clamp(room - leastWhyWidth, leastVariantWidth, mostVariantWidth);
    const int variant = std::min(wantedFor(AuditVariants::VariantColumn), most);
    header->resizeSection(AuditVariants::ResultColumn, result);
    header->resizeSection(AuditVariants::StatusColumn, status);
    header->resizeSection(AuditVariants::VariantColumn, variant);
    header->resizeSection(AuditVariants::WhyColumn, std::max(leastWhyWidth, room - variant));
}

void VariantsView::resizeEvent(QResizeEvent* event)
{
    FrozenTable::resizeEvent(event);
    fit();
}

} // namespace claimcheck::ui

//! What a layer's fields are for, as far as an audience sees the fields.

use super::view::{Form, Uses};
use super::{form_of, shown};
use crate::layer::{Identity, Layer, Sampling, Series};
use crate::model::Audience;

/// The uses of the fields that an audience sees. What rests on a field that it does not see is left
/// out, so that nothing tells the field's name or that there is one.
pub(super) fn of(layer: &Layer, audience: Audience) -> Uses {
    let seen: Vec<usize> = shown(layer, audience).map(|(index, _)| index).collect();
    let place = |index: usize| seen.iter().position(|&shown| shown == index);
    let places = |indices: &[usize]| indices.iter().map(|&index| place(index)).collect();
    Uses {
        label: layer.label.and_then(place),
        identity: match &layer.identity {
            Identity::Fields(indices) => places(indices),
            Identity::Content => None,
        },
        part_of: layer.part_of.as_ref().and_then(|part_of| {
            let form = form_of(part_of.form, audience)?;
            let followed = form != Form::Existence && part_of.identity.allows(audience);
            let field = place(part_of.field).filter(|_| followed)?;
            Some((part_of.layer.clone(), field))
        }),
        series: layer.series.as_ref().and_then(|series| {
            let values: Vec<usize> = series.values.iter().filter_map(|&v| place(v)).collect();
            let time = place(series.time).filter(|_| !values.is_empty())?;
            Some(Series { time, values })
        }),
        sampling: layer.sampling.and_then(|sampling| {
            let date = sampling.date.and_then(place);
            let depth = sampling
                .depth
                .and_then(|[top, bottom]| Some([place(top)?, place(bottom)?]));
            (date.is_some() || depth.is_some()).then_some(Sampling { date, depth })
        }),
        temporal: [layer.valid_from, layer.valid_to]
            .into_iter()
            .flatten()
            .any(|index| place(index).is_some()),
    }
}
